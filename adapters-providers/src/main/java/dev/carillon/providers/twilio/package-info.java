/// Twilio's Messages API (2010-04-01): SMS and WhatsApp, status callbacks and messages that come
/// back.
@NullMarked
package dev.carillon.providers.twilio;

import org.jspecify.annotations.NullMarked;
