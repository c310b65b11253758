/// What a tenant can learn of another, from outside: nothing.
@NullMarked
package dev.carillon.bootstrap.tenancy;

import org.jspecify.annotations.NullMarked;
