package dev.imfexporter.reading.event;

import dev.imfexporter.access.AccessException;
import dev.imfexporter.access.ServiceState;
import dev.imfexporter.access.format.EventRecord;
import dev.imfexporter.reading.Meaning;
import dev.imfexporter.reading.Meaning.Control;
import dev.imfexporter.reading.Meaning.Failure;
import dev.imfexporter.reading.Meaning.Named;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Service Control Manager's events (<a
 * href="https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2008-R2-and-2008/cc756379(v=ws.10)">
 * texts</a>). Which string names the service differs from event to event.
 */
final class ServiceEvents implements Interpreter {

  /**
   * The data that Windows since Vista adds: the short name, in 7036 followed by the number of the
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

  @Override
  public boolean knows(int id) {
    return switch (id) {
      case 7000,
          7001,
          7009,
          7011,
          7022,
          7023,
          7024,
          7031,
          7032,
          7034,
          7035,
          7036,
          7040,
          7042,
          7043,
          7045,
          7046 ->
          true;
      default -> false;
    };
  }

  @Override
  public Optional<Meaning> meaning(EventRecord event) {
    Named service = service(event);
    return service.name().isEmpty() ? Optional.empty() : Optional.of(meaning(event, service));
  }

  private Meaning meaning(EventRecord event, Named service) {
    return switch (event.id()) {
      case 7035 -> controlled(event, service, words.control(event.string(2)));
      // Windows asks for a reason, which is all that 7042 adds to 7035, only of a stop.
      case 7042 -> controlled(event, service, Optional.of(Control.STOP));
      case 7036 -> entered(event, service);
      case 7040 -> new Meaning.StartModeChanged(service, event.string(2), event.string(3));
      case 7045 -> new Meaning.Installed(service);
      default -> new Meaning.Failed(service, failure(event));
    };
  }

  private static Named service(EventRecord event) {
    Matcher data = DATA.matcher(event.data().utf16());
    if (data.matches()) {
      return new Named(data.group(1), true);
    }
    if (event.id() == 7040 && !event.string(4).isEmpty()) {
      return new Named(event.string(4), true);
    }
    int placeholder =
        switch (event.id()) {
          case 7009, 7011 -> 2;
          case 7032 -> 3;
          default -> 1;
        };
    return new Named(event.string(placeholder), false);
  }

  private Meaning entered(EventRecord event, Named service) {
    Matcher data = DATA.matcher(event.data().utf16());
    if (data.matches() && data.group(2) != null) {
      try {
        ServiceState state = ServiceState.of(Integer.parseInt(data.group(2)));
        return new Meaning.Entered(service, "", Optional.of(state));
      } catch (AccessException.Malformed e) {
        throw new IllegalStateException("The pattern lets only states through", e);
      }
    }
    String word = event.string(2);
    return new Meaning.Entered(service, word, words.state(word));
  }

  private static Meaning controlled(EventRecord event, Named service, Optional<Control> control) {
    return new Meaning.Controlled(service, event.string(2), control, event.user());
  }

  private static Failure failure(EventRecord event) {
    return switch (event.id()) {
      case 7000, 7001, 7009, 7022 -> Failure.START;
      case 7023, 7024 -> Failure.STOPPED_WITH_ERROR;
      case 7034 -> Failure.TERMINATED;
      case 7031 ->
          switch (event.string(4)) {
            // IIS Admin's own action runs iisreset.
            case SC_ACTION_RESTART, SC_ACTION_RUN_COMMAND -> Failure.TERMINATED_RECOVERING;
            default -> Failure.TERMINATED;
          };
      default -> Failure.OTHER;
    };
  }
}
