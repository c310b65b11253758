/// Mail by SMTP (RFC 5321) through a relay of one's own: composed and signed here, handed over by
/// Angus Mail, its bounces read where they come in.
@NullMarked
package dev.carillon.providers.smtp;

import org.jspecify.annotations.NullMarked;
