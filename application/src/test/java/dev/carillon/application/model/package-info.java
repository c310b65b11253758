/// A plain model of what the service promises, written without its code, and random histories that
/// compare the two after every step.
@NullMarked
package dev.carillon.application.model;

import org.jspecify.annotations.NullMarked;
