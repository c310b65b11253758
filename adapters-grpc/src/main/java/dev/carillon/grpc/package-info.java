/// The gRPC API: maps requests to use cases and their results back, refuses what cannot be
/// understood, streams progress, and runs the server.
@NullMarked
package dev.carillon.grpc;

import org.jspecify.annotations.NullMarked;
