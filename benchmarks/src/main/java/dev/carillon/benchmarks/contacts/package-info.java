/// Stored recipients, as a client imports them, groups them, lists them and writes to them.
@NullMarked
package dev.carillon.benchmarks.contacts;

import org.jspecify.annotations.NullMarked;
