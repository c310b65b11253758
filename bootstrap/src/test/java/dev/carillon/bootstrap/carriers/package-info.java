/// Tests of real carriers in the whole service.
@NullMarked
package dev.carillon.bootstrap.carriers;

import org.jspecify.annotations.NullMarked;
