/// What the SMPP carrier costs beside the bare library.
@NullMarked
package dev.carillon.benchmarks.smpp;

import org.jspecify.annotations.NullMarked;
