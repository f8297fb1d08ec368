package dev.imfexporter.metric;

import static dev.imfexporter.metric.MetricSpec.Label.free;

import dev.imfexporter.collector.Dialogue;
import dev.imfexporter.collector.ServerCertificate;
import dev.imfexporter.collector.SmtpTls;
import dev.imfexporter.metric.MetricSpec.Label;

/** What SMTP answered a client that has a message, and sends none. */
public final class DialogueMetrics {
  static final MetricGroup GROUP = new MetricGroup("SMTP dialogue");

  private static final String SMTP = "TCP, RFC 5321";
  private static final String TLS = "RFC 3207, not verified";
  private static final Label VIRTUAL_SERVER = free("virtual_server");
  private static final Label ADDRESS = free("address");

  public static final MetricSpec OUTCOME =
      GROUP.gauge(
          "imf_smtp_dialogue_outcome",
          "How the newest dialogue ended: 1 for the outcome that applies. Absent unless the"
              + " configuration lists the virtual server, and while SMTPSVC does not run.",
          SMTP,
          VIRTUAL_SERVER,
          ADDRESS,
          Label.of("outcome", Dialogue.Outcome.class));
  public static final MetricSpec DURATION =
      GROUP.gauge(
          "imf_smtp_dialogue_duration_seconds",
          "How long the newest dialogue took, from the connection on.",
          SMTP,
          VIRTUAL_SERVER,
          ADDRESS);
  public static final MetricSpec VERDICT =
      GROUP.gauge(
          "imf_smtp_recipient_verdict",
          "Whether SMTP would take a message for a configured recipient: 1 for the verdict that"
              + " applies. Absent if it was not asked, or the dialogue ended before.",
          SMTP,
          VIRTUAL_SERVER,
          ADDRESS,
          Label.of("recipient", Dialogue.Recipient.class),
          Label.of("verdict", Dialogue.Verdict.class));
  public static final MetricSpec TLS_STATE =
      GROUP.gauge(
          "imf_smtp_tls_state",
          "How far STARTTLS came: 1 for the state that applies. Absent if it was not asked for.",
          TLS,
          VIRTUAL_SERVER,
          ADDRESS,
          Label.of("state", SmtpTls.State.class));
  public static final MetricSpec TLS_INFO =
      GROUP.gauge(
          "imf_smtp_tls_info",
          "1 for the version of TLS that was agreed on, or that a server with an older one would have.",
          TLS,
          VIRTUAL_SERVER,
          ADDRESS,
          free("protocol"));
  public static final MetricSpec CERTIFICATE_EXPIRY =
      GROUP.gauge(
          "imf_smtp_tls_certificate_expiry_timestamp_seconds",
          "The last second at which the certificate of the server is valid, as Unix time.",
          TLS,
          VIRTUAL_SERVER,
          ADDRESS);
  public static final MetricSpec CERTIFICATE_BEGIN =
      GROUP.gauge(
          "imf_smtp_tls_certificate_not_before_timestamp_seconds",
          "From when on the certificate of the server is valid, as Unix time.",
          TLS,
          VIRTUAL_SERVER,
          ADDRESS);
  public static final MetricSpec CERTIFICATE_FAULT =
      GROUP.gauge(
          "imf_smtp_tls_certificate_fault",
          "1 if a client that verifies certificates would object to it for this reason. The exporter"
              + " accepts every certificate.",
          TLS,
          VIRTUAL_SERVER,
          ADDRESS,
          Label.of("fault", ServerCertificate.Fault.class));
  public static final MetricSpec CERTIFICATE_INFO =
      GROUP.gauge(
          "imf_smtp_tls_certificate_info",
          "1 for the names in the certificate of the server (RFC 2253), cut after 200 characters.",
          TLS,
          VIRTUAL_SERVER,
          ADDRESS,
          free("subject"),
          free("issuer"));

  private DialogueMetrics() {}
}
