@NullMarked
package dev.carillon.providers.whatsapp;

import org.jspecify.annotations.NullMarked;
