@NullMarked
package dev.carillon.providers.postmark;

import org.jspecify.annotations.NullMarked;
