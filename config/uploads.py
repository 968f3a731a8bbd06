"""Files in forms: no page takes any, but the one that asks for it."""

from io import BytesIO
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import SuspiciousMultipartForm
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

# More than any document may have, so that its reader still sees that it is too large.
KEPT_BYTES: Final = 10 * 1024 * 1024 + 1


class FilesWhereAsked(FileUploadHandler):
    """Refuses a file when it begins, so that none is kept in memory or on the disk; where
    one is asked for it is kept in memory, of one that is too large only the beginning."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.request is None or self.request.path not in settings.PATHS_WITH_FILES:
            raise SuspiciousMultipartForm("A file was sent, and this page takes no files.")
        self.content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.content.write(raw_data[: max(KEPT_BYTES - start, 0)])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        size = self.content.tell()
        self.content.seek(0)
        return InMemoryUploadedFile(
            file=self.content,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
