package dev.carillon.application.dispatch;

import dev.carillon.application.port.CarrierNumbers;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.DeliveryLog;
import dev.carillon.application.port.Numbering;

/// What has to be known to choose a message's carrier.
///
/// @param log tells who refused it before
public record Knowledge(
    Carriers carriers, CarrierNumbers numbers, Numbering numbering, DeliveryLog log) {}
