# The product alone; the database is a server of its own (see compose.yaml).
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.13-slim
RUN useradd --system switchyard
WORKDIR /app
COPY --from=build /venv /venv
COPY manage.py pyproject.toml ./
COPY config config
COPY agents agents
COPY workstreams workstreams
COPY routing routing
COPY templates templates
COPY static static
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 STATIC_ROOT=/app/staticfiles VAR=/var/lib/switchyard HOST=0.0.0.0
RUN SECRET_KEY=unused python manage.py collectstatic --noinput --verbosity 0
USER switchyard
EXPOSE 8000
CMD ["python", "manage.py", "serve", "--only", "web"]
