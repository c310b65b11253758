package dev.carillon.application.port;

import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.Priority;

/// A job that may have something for a worker, as one who chooses sees it.
///
/// @param sweeping whether all that waits in it only has to be swept, which asks nothing of a
///   carrier
public record JobAtWork(
    JobId id, BusinessId business, Priority priority, CarrierId provider, boolean sweeping) {}
