package dev.sendstatus.outbound;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells public addresses from those that lead into a network of the operator's own. {@link InetAddress} knows only the oldest of these: not
 * {@code fc00::/7}, nor carrier-grade NAT, nor a form that stands for an address of IPv4.
 */
public final class PublicAddresses {
    /** Of IPv6 only this is public, but for the exceptions below. */
    private static final Network GLOBAL = Network.of("2000::", 3, "");

    private static final List<Network> REFUSED = List.of(
            Network.of("0.0.0.0", 8, "this host"),
            Network.of("10.0.0.0", 8, "a private network"),
            Network.of("100.64.0.0", 10, "a carrier-grade NAT"),
            Network.of("127.0.0.0", 8, "this host"),
            Network.of("168.63.129.16", 32, "a cloud's metadata service"),
            Network.of("169.254.0.0", 16, "the local link, where metadata services are"),
            Network.of("172.16.0.0", 12, "a private network"),
            Network.of("192.0.0.0", 24, "a range for protocols"),
            Network.of("192.0.2.0", 24, "a range for documentation"),
            Network.of("192.88.99.0", 24, "a relay of 6to4"),
            Network.of("192.168.0.0", 16, "a private network"),
            Network.of("198.18.0.0", 15, "a range for tests of networks"),
            Network.of("198.51.100.0", 24, "a range for documentation"),
            Network.of("203.0.113.0", 24, "a range for documentation"),
            Network.of("224.0.0.0", 4, "a range for multicast"),
            Network.of("240.0.0.0", 4, "a reserved range"),
            Network.of("::1", 128, "this host"),
            Network.of("::", 96, "an address of IPv4 in another form"),
            Network.of("64:ff9b::", 96, "an address of IPv4 in another form (NAT64)"),
            Network.of("64:ff9b:1::", 48, "an address of IPv4 in another form (NAT64)"),
            Network.of("2001::", 32, "an address of IPv4 in another form (Teredo)"),
            Network.of("2001::", 23, "a range for protocols"),
            Network.of("2001:db8::", 32, "a range for documentation"),
            Network.of("2002::", 16, "an address of IPv4 in another form (6to4)"),
            Network.of("3fff::", 20, "a range for documentation"),
            Network.of("fc00::", 7, "a private network"),
            Network.of("fe80::", 10, "the local link"),
            Network.of("ff00::", 8, "a range for multicast"));

    private PublicAddresses() {}

    /** Why no connection may lead there, as in "it is in …"; null if one may. */
    public static @Nullable String refusal(InetAddress address) {
        for (Network network : REFUSED) {
            if (network.holds(address.getAddress())) {
                return network.what;
            }
        }
        boolean ofIpv6 = address.getAddress().length > 4;
        if (ofIpv6 && !GLOBAL.holds(address.getAddress())) {
            return "a range that is not public";
        }
        return ofThisHost(address) ? "this host" : null;
    }

    private static boolean ofThisHost(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            // It cannot be known; the ranges above were.
            return false;
        }
    }

    /** The addresses that begin with these bits. */
    private record Network(byte[] prefix, int bits, String what) {

        static Network of(String prefix, int bits, String what) {
            try {
                return new Network(InetAddress.getByName(prefix).getAddress(), bits, what);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(prefix, e);
            }
        }

        boolean holds(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit += 8) {
                int mask = bits - bit >= 8 ? 0xff : 0xff << 8 - (bits - bit);
                if (((address[bit / 8] ^ prefix[bit / 8]) & mask & 0xff) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
