package dev.imfexporter.websecurity;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLParameters;

/**
 * Sets curves by {@code SSLParameters.setNamedGroups}, which Java has from 20 on (JDK-8281236);
 * this program is compiled for 17, and so calls it by reflection. Before 20 only a property of the
 * whole process does the same, also for connections to hosts.
 */
final class NamedGroups {
  private static final Optional<MethodHandle> SETTER = find();

  private NamedGroups() {}

  static boolean canBeSet() {
    return SETTER.isPresent();
  }

  static void set(SSLParameters parameters, List<Curve> curves) {
    String[] names = curves.stream().map(Curve::javaName).toArray(String[]::new);
    try {
      SETTER.orElseThrow().invoke(parameters, names);
    } catch (Throwable e) {
      throw new IllegalStateException("Java does not take the curves", e);
    }
  }

  private static Optional<MethodHandle> find() {
    try {
      return Optional.of(
          MethodHandles.publicLookup()
              .findVirtual(
                  SSLParameters.class,
                  "setNamedGroups",
                  MethodType.methodType(void.class, String[].class)));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
