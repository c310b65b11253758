package dev.carillon.providers.smtp;

import java.nio.charset.StandardCharsets;

/// Reports as mail systems write them.
final class Bounces {
  private Bounces() {}

  /// The shape of Postfix's bounces (bounce(8)): to the return path, with the mail's header.
  static byte[] postfix(String returnPath, String status, String action, String messageId) {
    return mail(
        """
        Return-Path: <>
        X-Original-To: %1$s
        Delivered-To: bounce@mail.example.org
        Date: Sun, 1 Mar 2026 09:59:00 +0000 (UTC)
        From: MAILER-DAEMON@relay.example.org (Mail Delivery System)
        Subject: Undelivered Mail Returned to Sender
        To: %1$s
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="4cXyZ1.1772359140/relay.example.org"
        Message-Id: <20260301095900.4cXyZ2@relay.example.org>

        This is a MIME-encapsulated message.

        --4cXyZ1.1772359140/relay.example.org
        Content-Description: Notification
        Content-Type: text/plain; charset=utf-8

        This is the mail system at host relay.example.org.

        I'm sorry to have to inform you that your message could not
        be delivered to one or more recipients. It's attached below.

        <bob@example.net>: host mx.example.net[192.0.2.1] said: 550 5.1.1 no

        --4cXyZ1.1772359140/relay.example.org
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; relay.example.org
        X-Postfix-Queue-ID: 4cXyZ1
        Arrival-Date: Sun, 1 Mar 2026 09:58:00 +0000 (UTC)

        Final-Recipient: rfc822; bob@example.net
        Original-Recipient: rfc822;bob@example.net
        Action: %3$s
        Status: %2$s
        Remote-MTA: dns; mx.example.net
        Diagnostic-Code: smtp; 550 5.1.1 <bob@example.net>: no such user

        --4cXyZ1.1772359140/relay.example.org
        Content-Description: Undelivered Message Headers
        Content-Type: text/rfc822-headers

        Return-Path: <x@example.org>
        Message-ID: <%4$s>
        Subject: Hello

        --4cXyZ1.1772359140/relay.example.org--
        """
            .formatted(returnPath, status, action, messageId));
  }

  /// RFC 3464, appendix E.1's shape, with an Original-Envelope-Id and several recipients.
  static byte[] withEnvelopeId(String envelopeId) {
    return mail(
        """
        Date: Thu, 7 Jul 1994 17:16:05 -0400
        From: Mail Delivery Subsystem <MAILER-DAEMON@CS.UTK.EDU>
        Subject: Returned mail: Cannot send message for 5 days
        To: <owner-info-mime@cs.utk.edu>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
              boundary="RAA14128.773615765/CS.UTK.EDU"

        --RAA14128.773615765/CS.UTK.EDU

        The original message was received at Sat, 2 Jul 1994 17:10:28 -0400

        --RAA14128.773615765/CS.UTK.EDU
        content-type: message/delivery-status

        Reporting-MTA: dns; cs.utk.edu
        Original-Envelope-Id: %s

        Original-Recipient: rfc822;louisl@larry.slip.umd.edu
        Final-Recipient: rfc822;louisl@larry.slip.umd.edu
        Action: failed
        Status: 4.0.0
        Diagnostic-Code: smtp; 426 connection timed out
        Last-Attempt-Date: Thu, 7 Jul 1994 17:15:49 -0400

        --RAA14128.773615765/CS.UTK.EDU
        content-type: message/rfc822

        [original message goes here]

        --RAA14128.773615765/CS.UTK.EDU--
        """
            .formatted(envelopeId));
  }

  /// RFC 5965, appendix B.1's shape.
  static byte[] complaint(String kind, String messageId) {
    return mail(
        """
        From: <abusedesk@example.com>
        Date: Thu, 8 Mar 2005 17:40:36 EDT
        Subject: FW: Earn money
        To: <abuse@example.net>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report;
             boundary="part1_13d.2e68ed54_boundary"

        --part1_13d.2e68ed54_boundary
        Content-Type: text/plain; charset="US-ASCII"
        Content-Transfer-Encoding: 7bit

        This is an email abuse report for an email message.

        --part1_13d.2e68ed54_boundary
        Content-Type: message/feedback-report

        Feedback-Type: %s
        User-Agent: SomeGenerator/1.0
        Version: 1

        --part1_13d.2e68ed54_boundary
        Content-Type: message/rfc822
        Content-Disposition: inline

        From: <somespammer@example.net>
        Message-ID: <%s>
        Subject: Earn money

        Spam Spam Spam
        --part1_13d.2e68ed54_boundary--
        """
            .formatted(kind, messageId));
  }

  static byte[] mail(String text) {
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }
}
