/// Forgetting people: what is asked for, what is shown of it, and what is done about it.
@NullMarked
package dev.carillon.application.erasure;

import org.jspecify.annotations.NullMarked;
