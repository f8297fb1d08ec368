package dev.imfexporter.journal;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Values of any record, from a seed. */
final class Generated {
  private static final List<String> TEXTS =
      List.of(
          "", "SMTPSVC", "a\"b\\c", "l\u00e4uft\r\n\t\u2028", "\uD83D\uDE00", "=1+1", " \u0000");

  private final Random random;

  Generated(long seed) {
    random = new Random(seed);
  }

  <T> T of(Class<T> type) {
    return type.cast(value(type));
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      return container((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return record(plain);
    }
    if (plain.isEnum()) {
      return plain.getEnumConstants()[random.nextInt(plain.getEnumConstants().length)];
    }
    return switch (plain.getName()) {
      case "java.lang.String" -> TEXTS.get(random.nextInt(TEXTS.size()));
      case "java.time.Instant" ->
          Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
      case "java.time.Duration" ->
          Duration.ofSeconds(random.nextLong(10_000_000) - 100, random.nextInt(1_000_000_000));
      case "long", "java.lang.Long" -> random.nextLong();
      case "int", "java.lang.Integer" -> random.nextInt();
      case "double", "java.lang.Double" -> random.nextDouble();
      case "boolean", "java.lang.Boolean" -> random.nextBoolean();
      default -> throw new IllegalArgumentException("no values of " + type);
    };
  }

  private Object container(Class<?> raw, Type[] of) {
    if (raw == Optional.class) {
      return random.nextBoolean() ? Optional.of(value(of[0])) : Optional.empty();
    }
    List<Object> values = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.add(value(of[0]));
    }
    if (raw == List.class) {
      return values;
    }
    if (raw == java.util.Set.class) {
      return new LinkedHashSet<>(values);
    }
    if (raw == Map.class) {
      Map<Object, Object> map = new LinkedHashMap<>();
      values.forEach(key -> map.put(key, value(of[1])));
      return map;
    }
    throw new IllegalArgumentException("no values of " + raw);
  }

  private Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      var constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(
          Arrays.stream(components).map(c -> value(c.getGenericType())).toArray());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot make a " + type, e);
    }
  }
}
