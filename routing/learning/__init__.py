"""What machines learn from closed work, and how it is applied to what arrives.

Pure: texts and numbers in, texts and numbers out; no database and no clock. ``train`` alone
needs scikit-learn and imports it when it is called, in a worker's job. What it learned is a
document of plain words and numbers (``weights``), so that whoever applies it needs nothing but
Python, and whatever is stored can be read without being run.
"""
