/// A job whose recipients are uploaded by a client that dies on the way.
@NullMarked
package dev.carillon.benchmarks.upload;

import org.jspecify.annotations.NullMarked;
