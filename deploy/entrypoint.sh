#!/bin/sh
# What a container is: `migrate` brings the database up to date and ends; every other name is one
# process of SyncWatch, which takes this shell's place so that signals reach it.
set -eu
case "${1:-web}" in
  migrate)
    exec python manage.py migrate --noinput
    ;;
  web)
    rm -rf "$SYNCWATCH_DATA/static"
    cp -r /srv/static "$SYNCWATCH_DATA/static"
    exec python manage.py serve web
    ;;
  worker | transcode | beat)
    exec python manage.py serve "$1"
    ;;
  *)
    exec python manage.py "$@"
    ;;
esac
