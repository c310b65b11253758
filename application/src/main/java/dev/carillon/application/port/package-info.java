/// What the use cases need from the outside. Every method says its result, what holds when it
/// fails, its atomicity and its order.
@NullMarked
package dev.carillon.application.port;

import org.jspecify.annotations.NullMarked;
