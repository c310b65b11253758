@NullMarked
package dev.carillon.providers.http;

import org.jspecify.annotations.NullMarked;
