/// The whole service, from outside.
@NullMarked
package dev.carillon.bootstrap.service;

import org.jspecify.annotations.NullMarked;
