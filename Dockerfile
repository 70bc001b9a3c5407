# The monitor in a container: `docker compose up` runs it beside PostgreSQL; see docs/deployment.md.

FROM python:3.13-slim-bookworm AS build
WORKDIR /build
RUN python -m venv /opt/monitor
COPY requirements.lock ./
RUN /opt/monitor/bin/python -m pip install --no-cache-dir --no-deps --require-hashes --only-binary=:all: -r requirements.lock
COPY monitor /opt/monitor/lib/python3.13/site-packages/monitor
COPY config /opt/monitor/lib/python3.13/site-packages/monitor/sample
RUN printf '#!/opt/monitor/bin/python\nfrom monitor.cli import main\n\nmain()\n' > /opt/monitor/bin/monitor \
    && chmod 0755 /opt/monitor/bin/monitor \
    && /opt/monitor/bin/python -m pip uninstall --yes --quiet pip \
    && /opt/monitor/bin/python -m compileall -q /opt/monitor/lib

FROM python:3.13-slim-bookworm
RUN groupadd --system --gid 10001 monitor \
    && useradd --system --uid 10001 --gid monitor --home-dir /data --shell /usr/sbin/nologin monitor \
    && install -d -o monitor -g monitor -m 0750 /data
COPY --from=build /opt/monitor /opt/monitor
COPY config /config
ENV PATH=/opt/monitor/bin:$PATH \
    MONITOR_CONFIG=/config \
    MONITOR_DATA=/data \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=20s --start-period=120s --retries=3 CMD ["monitor", "status", "--fail"]
ENTRYPOINT ["monitor"]
CMD ["run"]
