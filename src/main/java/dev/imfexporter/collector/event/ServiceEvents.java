package dev.imfexporter.collector.event;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.collector.Meaning;
import dev.imfexporter.collector.Meaning.Control;
import dev.imfexporter.collector.Meaning.Failure;
import dev.imfexporter.collector.Meaning.Named;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Service Control Manager's events (<a
 * href="https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2008-R2-and-2008/cc756379(v=ws.10)">
 * texts</a>). None of them has a meaning without the name of its service.
 */
final class ServiceEvents {

  /**
   * The data that Windows adds since Vista: the short name, in 7036 followed by the number of the
   * state.
   */
  private static final Pattern DATA = Pattern.compile("([!-.0-~&&[^\\\\]]{1,256})(?:/([1-7]))?");

  // SC_ACTION_TYPE, https://learn.microsoft.com/windows/win32/api/winsvc/ns-winsvc-sc_action
  private static final String SC_ACTION_RESTART = "1";
  private static final String SC_ACTION_RUN_COMMAND = "3";

  private final ServiceWords words;

  ServiceEvents(ServiceWords words) {
    this.words = words;
  }

  /**
   * Decodes an event about a failure.
   *
   * @param nameAt the string that names the service
   */
  record FailureDecoder(Function<EventRecord, Failure> failure, int nameAt)
      implements EventDecoder {
    @Override
    public Optional<Meaning> decode(EventRecord event) {
      return about(event, nameAt, service -> new Meaning.Failed(service, failure.apply(event)));
    }
  }

  static FailureDecoder failed(Failure failure, int nameAt) {
    return new FailureDecoder(event -> failure, nameAt);
  }

  /** 7031: the fourth string is the recovery action. IIS Admin's own action runs iisreset. */
  static Failure terminated(EventRecord event) {
    return switch (event.string(4)) {
      case SC_ACTION_RESTART, SC_ACTION_RUN_COMMAND -> Failure.TERMINATED_RECOVERING;
      default -> Failure.TERMINATED;
    };
  }

  /** 7035. */
  Optional<Meaning> controlled(EventRecord event) {
    return controlled(event, words.control(event.string(2)));
  }

  /** 7042 adds the reason of a stop to 7035; Windows asks for a reason of nothing else. */
  static Optional<Meaning> stopped(EventRecord event) {
    return controlled(event, Optional.of(Control.STOP));
  }

  private static Optional<Meaning> controlled(EventRecord event, Optional<Control> control) {
    return about(
        event,
        1,
        service -> new Meaning.Controlled(service, event.string(2), control, event.user()));
  }

  /** 7036. */
  Optional<Meaning> entered(EventRecord event) {
    Matcher data = DATA.matcher(event.data().utf16());
    Optional<ServiceState> number =
        data.matches()
            ? Optional.ofNullable(data.group(2)).map(ServiceEvents::state)
            : Optional.empty();
    String word = number.isPresent() ? "" : event.string(2);
    return about(
        event,
        1,
        service -> new Meaning.Entered(service, word, number.or(() -> words.state(word))));
  }

  private static ServiceState state(String number) {
    try {
      return ServiceState.of(Integer.parseInt(number));
    } catch (AccessException.Malformed e) {
      throw new IllegalStateException("The pattern lets only states through", e);
    }
  }

  /** 7040: display name, former mode, new mode, and since Vista the short name. */
  static Optional<Meaning> startModeChanged(EventRecord event) {
    return about(
        event,
        1,
        service ->
            new Meaning.StartModeChanged(
                event.string(4).isEmpty() ? service : new Named(event.string(4), true),
                event.string(2)));
  }

  private static Optional<Meaning> about(
      EventRecord event, int nameAt, Function<Named, Meaning> meaning) {
    Matcher data = DATA.matcher(event.data().utf16());
    Named service =
        data.matches() ? new Named(data.group(1), true) : new Named(event.string(nameAt), false);
    return Optional.of(service).filter(named -> !named.name().isEmpty()).map(meaning);
  }
}
