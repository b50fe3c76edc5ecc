# Unbuilt where it was written (no Docker engine there): tell us if it does not build.
FROM python:3.11-slim AS build
WORKDIR /src
COPY pyproject.toml requirements.lock README.md LICENSE ./
COPY tools/wheel.py tools/wheel.py
COPY locale locale
COPY src src
RUN python -m venv /opt/kutomo \
 && /opt/kutomo/bin/pip install --no-cache-dir --require-hashes -r requirements.lock \
 && /opt/kutomo/bin/pip install --no-cache-dir --no-deps .

FROM python:3.11-slim
# pg_dump and pg_restore for `kutomo backup`; Debian 13 brings version 17, as compose.yaml's database is.
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
RUN useradd --system --create-home --home-dir /data kutomo
COPY --from=build /opt/kutomo /opt/kutomo
ENV PATH=/opt/kutomo/bin:$PATH KUTOMO_DATA=/data/kutomo PYTHONUNBUFFERED=1
USER kutomo
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
# One image, two processes: `serve` for the pages, `worker` for letters and all that is done later.
CMD ["kutomo", "serve", "--host", "0.0.0.0"]
