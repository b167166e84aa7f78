# K12Hub in one image: built with the SDK, run without it and without root.
# tests/App.Tests/Container/ContainerTests.cs performs these instructions; keep paths in RUN relative.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH=amd64
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY connectors/ connectors/
COPY host/ host/
COPY modules/ modules/
COPY tools/District/ tools/District/
# The analyzers have looked at it where it was written.
RUN dotnet publish host/App/App.csproj --configuration Release --arch $TARGETARCH --self-contained --output app -p:RunAnalyzers=false
RUN mkdir data

FROM mcr.microsoft.com/dotnet/runtime-deps:10.0
WORKDIR /app
COPY --from=build /source/app ./
COPY --from=build --chown=1654:1654 /source/data /data
ENV K12HUB__Data__Folder=/data
ENV K12HUB__Server__Urls=http://0.0.0.0:8080
ENV K12HUB__Server__AllowOtherAddresses=true
ENV DOTNET_EnableDiagnostics=0
USER 1654
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=6s --start-period=60s CMD ["./K12Hub.App", "health"]
ENTRYPOINT ["./K12Hub.App"]
