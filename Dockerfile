# One image for every service and the gateway; the command says which.
FROM python:3.11-slim

WORKDIR /meedoen
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock \
    && useradd --system --no-create-home meedoen \
    && mkdir /gegevens /certificaten && chown meedoen /gegevens && chown 1000:1000 /certificaten
COPY contracts contracts
COPY chassis chassis
COPY services services
COPY gateway gateway
COPY deploy deploy

USER meedoen
VOLUME /gegevens
EXPOSE 8000
CMD ["python", "-m", "gateway"]
