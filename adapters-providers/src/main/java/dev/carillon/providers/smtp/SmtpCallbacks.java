package dev.carillon.providers.smtp;

import dev.carillon.providers.callback.BasicLogin;
import dev.carillon.providers.callback.CallbackAnswer;
import dev.carillon.providers.callback.CallbackRequest;
import dev.carillon.providers.callback.Callbacks;
import java.time.InstantSource;

/// Takes bounces that a mail server hands in over HTTP: each as it came, as the body of a POST to
/// `/bounce` with name and password.
final class SmtpCallbacks implements Callbacks {
  private final BasicLogin login;
  private final SmtpReceipts receipts;
  private final InstantSource clock;

  SmtpCallbacks(SmtpConfig.Login login, SmtpReceipts receipts, InstantSource clock) {
    this.login = new BasicLogin(login.user(), login.password());
    this.receipts = receipts;
    this.clock = clock;
  }

  @Override
  public CallbackAnswer answer(CallbackRequest request) {
    if (!login.isShownBy(request)) {
      return new CallbackAnswer.NotGenuine();
    }
    return request.method().equals("POST") && request.path().equals("/bounce")
        ? new CallbackAnswer.Told(receipts.read(request.body(), clock.instant()))
        : new CallbackAnswer.Unreadable();
  }
}
