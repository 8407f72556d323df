package dev.sendstatus.app;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this process among the nodes, by which a person finds it: the host, and the process there. */
final class NodeName {
    private static final int HOST_SHOWN = 38;

    private NodeName() {}

    static String ofThis() {
        String host = host();
        return host.substring(0, Math.min(host.length(), HOST_SHOWN)) + "/"
                + ProcessHandle.current().pid();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A container without an entry for itself; the process still tells it from the others of this host.
            return "unnamed-host";
        }
    }
}
