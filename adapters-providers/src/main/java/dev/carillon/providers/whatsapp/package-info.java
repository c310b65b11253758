/// Meta's WhatsApp Cloud API: texts and approved templates, and its webhooks.
@NullMarked
package dev.carillon.providers.whatsapp;

import org.jspecify.annotations.NullMarked;
