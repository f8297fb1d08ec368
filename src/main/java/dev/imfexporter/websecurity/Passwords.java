package dev.imfexporter.websecurity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * The users who may log in, with the bcrypt hashes of their passwords. Results are kept, so that a
 * scrape costs no bcrypt. An unknown user costs as much as a known one. Thread-safe.
 */
public final class Passwords {
  /** As many of each result as the toolkit keeps of both. */
  private static final int KEPT = 100;

  private static final Pattern HASH = Pattern.compile("\\$2[aby]?\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

  private final Map<String, String> hashes;
  private final SecretKeySpec random = randomKey();

  /** Right ones apart from wrong ones, so that guesses do not displace them. Guarded by this. */
  private final Set<ByteBuffer> right = new LinkedHashSet<>();

  /** Guarded by this. */
  private final Set<ByteBuffer> wrong = new LinkedHashSet<>();

  /**
   * @param hashes of each user, of which each has a {@link #cost}
   */
  public Passwords(Map<String, String> hashes) {
    this.hashes = Map.copyOf(hashes);
  }

  /** The cost of a bcrypt hash, of which each step doubles the time; empty for no such hash. */
  public static Optional<Integer> cost(String hash) {
    Matcher matcher = HASH.matcher(hash);
    return matcher.matches()
        ? Optional.of(Integer.valueOf(matcher.group(1))).filter(cost -> cost >= 4 && cost <= 31)
        : Optional.empty();
  }

  /** Whether there is no user, and everyone may ask. */
  public boolean isEmpty() {
    return hashes.isEmpty();
  }

  /** Whether the password is right, if that is known from before; takes microseconds. */
  public Optional<Boolean> known(String user, String password) {
    ByteBuffer key = key(user, password);
    synchronized (this) {
      if (right.contains(key)) {
        return Optional.of(true);
      }
      return wrong.contains(key) ? Optional.of(false) : Optional.empty();
    }
  }

  /** Whether the password is right; takes as long as bcrypt does. There is at least one user. */
  public boolean check(String user, String password) {
    Optional<Boolean> before = known(user, password);
    if (before.isPresent()) {
      return before.get();
    }
    String hash = hashes.getOrDefault(user, hashes.values().iterator().next());
    boolean same = OpenBSDBCrypt.checkPassword(hash, password.toCharArray());
    boolean found = hashes.containsKey(user) && same;
    keep(key(user, password), found ? right : wrong);
    return found;
  }

  private synchronized void keep(ByteBuffer key, Set<ByteBuffer> kept) {
    if (kept.size() >= KEPT) {
      Iterator<ByteBuffer> oldest = kept.iterator();
      oldest.next();
      oldest.remove();
    }
    kept.add(key);
  }

  /** A keyed digest: neither the password nor what could be searched for it stays in memory. */
  private ByteBuffer key(String user, String password) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(random);
      byte[] name = user.getBytes(StandardCharsets.UTF_8);
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).array());
      mac.update(name);
      return ByteBuffer.wrap(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }

  private static SecretKeySpec randomKey() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return new SecretKeySpec(key, "HmacSHA256");
  }
}
