package dev.imfexporter.cli;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * SIGHUP, by which {@code systemctl reload} has the configuration read again. The JDK takes signals
 * in {@code sun.misc.Signal} alone, of which javac warns whenever it is named; so it is called by
 * reflection.
 */
final class ReloadSignal {
  private static final Logger LOG = System.getLogger(ReloadSignal.class.getName());

  private ReloadSignal() {}

  /**
   * Has the signal run an action, on a thread of its own for each signal, in place of ending the
   * process. Has no effect on Windows, which has no such signal.
   */
  static void onHangUp(Runnable reload) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      MethodHandle run =
          MethodHandles.lookup()
              .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
              .bindTo(reload);
      Object reloads =
          MethodHandleProxies.asInterfaceInstance(
              handler, MethodHandles.dropArguments(run, 0, signal));
      Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
      signal.getMethod("handle", signal, handler).invoke(null, hangUp, reloads);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      LOG.log(Level.DEBUG, "no reload by SIGHUP on this system", e);
    }
  }
}
