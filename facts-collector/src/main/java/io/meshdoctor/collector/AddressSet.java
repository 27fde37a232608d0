package io.meshdoctor.collector;

import java.util.ArrayList;
import java.util.Collections;

/**
 * A set of addresses: first all are added, then they are looked for. It takes a tenth of the memory
 * of a hash table, of which a large mesh would have one for each host.
 */
final class AddressSet {

  private final ArrayList<String> addresses = new ArrayList<>(1);
  private boolean sorted;

  void add(String address) {
    addresses.add(address.intern());
    sorted = false;
  }

  boolean contains(String address) {
    if (!sorted) {
      Collections.sort(addresses);
      addresses.trimToSize();
      sorted = true;
    }
    return Collections.binarySearch(addresses, address) >= 0;
  }
}
