# The mock server alone, statically linked, in an image with nothing else in it: `docker build -t rollcall .`
FROM rust:1.95.0-slim-bookworm AS build
# The toolchain of the image is the one that rust-toolchain.toml pins, but for components that only checks need.
ENV RUSTUP_TOOLCHAIN=1.95.0
WORKDIR /build
COPY . .
# Against glibc, for with the allocator and the copying of musl a request takes two to three times as long. Without a
# target, the flags would be for what the build itself runs, too. The file is copied out because a cache mount is no part
# of the image.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    RUSTFLAGS="-C target-feature=+crt-static" \
    cargo build --release --locked -p mock-server --target "$(rustc --print host-tuple)" && \
    cp "target/$(rustc --print host-tuple)/release/mock-server" /mock-server

FROM scratch
COPY --from=build /mock-server /mock-server
# Whoever can reach the container can reach the server, so the control API is off unless MOCK_CONTROL_TOKEN is set.
ENV MOCK_LISTEN=0.0.0.0:4010
EXPOSE 4010
# No names are known in an empty image, only numbers.
USER 65532:65532
HEALTHCHECK --interval=10s --timeout=3s --start-period=2s --retries=3 \
    CMD ["/mock-server", "health", "http://127.0.0.1:4010"]
ENTRYPOINT ["/mock-server"]
