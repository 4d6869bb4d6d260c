# syntax=docker/dockerfile:1
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish ProgressHub.Web --configuration Release --output /out

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS final
# curl for the health check; ffmpeg for recordings.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends curl ffmpeg \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /out .
RUN mkdir -p /var/lib/progresshub/data /var/lib/progresshub/files && chown -R $APP_UID:$APP_UID /var/lib/progresshub
ENV Storage__DataDirectory=/var/lib/progresshub/data \
    Uploads__Directory=/var/lib/progresshub/files
USER $APP_UID
VOLUME ["/var/lib/progresshub/data", "/var/lib/progresshub/files"]
EXPOSE 5080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:5080/health/ready"]
ENTRYPOINT ["dotnet", "ProgressHub.Web.dll", "--urls", "http://*:5080"]
