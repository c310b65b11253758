/// The demonstration: a service of its own and a client that drives it through the real API.
@NullMarked
package dev.carillon.bootstrap.demo;

import org.jspecify.annotations.NullMarked;
