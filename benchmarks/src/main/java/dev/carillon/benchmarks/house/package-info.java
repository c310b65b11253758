/// The whole service, driven over its real gRPC API by a client in the same process.
@NullMarked
package dev.carillon.benchmarks.house;

import org.jspecify.annotations.NullMarked;
