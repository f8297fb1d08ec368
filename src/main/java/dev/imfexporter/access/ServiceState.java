package dev.imfexporter.access;

import dev.imfexporter.text.HasWord;

/**
 * The state of a service, as SERVICE_STATUS reports it (<a
 * href="https://learn.microsoft.com/windows/win32/api/winsvc/ns-winsvc-service_status">page</a>).
 */
public enum ServiceState implements HasWord {
  STOPPED(1),
  START_PENDING(2),
  STOP_PENDING(3),
  RUNNING(4),
  CONTINUE_PENDING(5),
  PAUSE_PENDING(6),
  PAUSED(7);

  private final int code;

  ServiceState(int code) {
    this.code = code;
  }

  /**
   * Whether the service is paused, or on the way into or out of that state. A paused SMTP server
   * keeps its connections and refuses new ones (<a
   * href="https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2003/cc784907(v=ws.10)">
   * page</a>).
   */
  public boolean isPaused() {
    return this == PAUSE_PENDING || this == PAUSED || this == CONTINUE_PENDING;
  }

  /** The state of a {@code dwCurrentState}. */
  public static ServiceState of(int code) throws AccessException.Malformed {
    for (ServiceState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new AccessException.Malformed("The SCM reported service state " + code + ", want 1 to 7");
  }
}
