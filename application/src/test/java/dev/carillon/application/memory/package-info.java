/// A store that lives in memory and keeps the promises of the ports: for tests of the use cases,
/// and the first to pass the contract suites.
@NullMarked
package dev.carillon.application.memory;

import org.jspecify.annotations.NullMarked;
