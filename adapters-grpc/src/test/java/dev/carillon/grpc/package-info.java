/// Tests of the gRPC adapter: mappings without I/O, and the server over a real connection.
@NullMarked
package dev.carillon.grpc;

import org.jspecify.annotations.NullMarked;
