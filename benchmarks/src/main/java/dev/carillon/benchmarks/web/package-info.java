/// Carriers over HTTP beside the HTTP client alone.
@NullMarked
package dev.carillon.benchmarks.web;

import org.jspecify.annotations.NullMarked;
