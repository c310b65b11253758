package dev.carillon.application.dispatch;

import dev.carillon.application.port.DispatchJob;
import dev.carillon.application.port.FlowControl.Traffic;
import dev.carillon.application.port.JobAtWork;
import dev.carillon.application.port.JobControls;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.UnknownPolicy;
import java.util.Objects;

/// What a run is to do: which job it works for, and what its owner had set when it began.
record Order(JobAtWork job, JobBook.Known known, JobControls controls) {

  DispatchJob terms() {
    return known.terms();
  }

  Channel channel() {
    return terms().content().channel();
  }

  /// Whether what is in doubt is handed over once more.
  boolean resends() {
    return terms().unknown() == UnknownPolicy.RESEND;
  }

  /// Whether the job's send window has changed since.
  boolean hoursChanged(JobBook book) {
    return !Objects.equals(book.controls(job.id(), controls).window(), controls.window());
  }

  /// Its messages to a carrier, at the rate that its owner wants now.
  Traffic traffic(JobBook book, CarrierId carrier) {
    return new Traffic(
        job.id(),
        carrier,
        terms().scope(),
        terms().content().sender(),
        book.controls(job.id(), controls).ratePerSecond(),
        terms().priority());
  }
}
