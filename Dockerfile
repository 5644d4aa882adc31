# One image for every part of SyncWatch: docker run IMAGE web | worker | transcode | beat | migrate
FROM node:20-bookworm-slim AS packages
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM python:3.11-slim-bookworm AS browser
WORKDIR /build
COPY --from=packages /build/node_modules node_modules
COPY bin/vendor.py .
RUN python -c "from pathlib import Path; import vendor; vendor.copy(Path('node_modules'), Path('out'))"

FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ffmpeg \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --create-home syncwatch
WORKDIR /app
COPY requirements.txt constraints.txt ./
RUN pip install --no-cache-dir --requirement requirements.txt
COPY . .
COPY --from=browser /build/out static/vendor
# Collected once, while the image is made. The keys that come into being on the way do not stay.
RUN SYNCWATCH_DATA=/tmp/making python manage.py words --compile \
 && SYNCWATCH_DATA=/tmp/making python manage.py collectstatic --noinput --verbosity 0 \
 && mv /tmp/making/static /srv/static \
 && rm -rf /tmp/making \
 && python -m compileall -q /app

ENV DEBUG=0 HOST=0.0.0.0 PORT=8000 SYNCWATCH_DATA=/data PYTHONUNBUFFERED=1
USER syncwatch
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/deploy/entrypoint.sh"]
CMD ["web"]
