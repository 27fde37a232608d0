package io.meshdoctor.facts;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of IP addresses of one family.
 *
 * @param text as it is written, such as {@code 10.1.0.0/16}
 * @param bits length of its addresses: 32 or 128
 * @param first its first address
 * @param last its last address
 */
public record AddressRange(String text, int bits, BigInteger first, BigInteger last) {

  /** Nothing else is looked up: a name would be asked of a DNS server. */
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /** Reads a range, or an address alone; null if it is neither. */
  public static @Nullable AddressRange of(String text) {
    var parts = text.strip().split("/", 2);
    if (!ADDRESS.matcher(parts[0]).matches()) {
      return null;
    }
    try {
      var bytes = InetAddress.getByName(parts[0]).getAddress();
      int bits = bytes.length * Byte.SIZE;
      int prefix = parts.length < 2 ? bits : Integer.parseInt(parts[1]);
      if (prefix < 0 || prefix > bits) {
        return null;
      }
      var address = new BigInteger(1, bytes);
      var first = address.shiftRight(bits - prefix).shiftLeft(bits - prefix);
      var size = BigInteger.ONE.shiftLeft(bits - prefix);
      return new AddressRange(text, bits, first, first.add(size).subtract(BigInteger.ONE));
    } catch (UnknownHostException | NumberFormatException e) {
      return null;
    }
  }

  /** Whether an address is in both. */
  public boolean isOverlapping(AddressRange other) {
    return bits == other.bits
        && first.compareTo(other.last) <= 0
        && other.first.compareTo(last) <= 0;
  }
}
