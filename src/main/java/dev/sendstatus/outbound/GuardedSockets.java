package dev.sendstatus.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that connect to public addresses only. The check stands where the socket connects: a name can lead elsewhere after any
 * earlier look, and an address that is written as such is never looked up.
 */
final class GuardedSockets extends SocketFactory {

    /** The address is not public. */
    static final class RefusedAddress extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedAddress(String message) {
            super(message);
        }
    }

    /** Without a proxy, which would make the connection in our place. */
    @Override
    public Socket createSocket() {
        return new Socket(Proxy.NO_PROXY) {
            @Override
            public void connect(SocketAddress endpoint, int timeout) throws IOException {
                require(((InetSocketAddress) endpoint).getAddress());
                super.connect(endpoint, timeout);
            }
        };
    }

    private static void require(@Nullable InetAddress address) throws IOException {
        if (address == null) {
            throw new RefusedAddress("the address is not known");
        }
        String refusal = PublicAddresses.refusal(address);
        if (refusal != null) {
            throw new RefusedAddress(address.getHostAddress() + " is refused, since it is " + refusal);
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return createSocket(InetAddress.getByName(host), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        Socket socket = createSocket();
        socket.connect(new InetSocketAddress(host, port));
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }
}
