package dev.sendstatus.channel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** A mail server that answers each command as a test says, and keeps every line that it was sent. */
public final class SmtpScript implements AutoCloseable {
    /** Those that came unencrypted. */
    public final List<String> lines = new CopyOnWriteArrayList<>();
    /** Those that came encrypted. */
    public final List<String> encrypted = new CopyOnWriteArrayList<>();

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Map<String, String> answers;
    private final @Nullable SSLSocketFactory tls;
    private final boolean tlsAtOnce;

    /** @param answers by the command's first word, in capitals; a command without one gets 250; an empty one none */
    public SmtpScript(Map<String, String> answers) throws IOException {
        this(answers, null, false);
    }

    /** @param tlsAtOnce whether it is encrypted from the beginning; if not, after STARTTLS */
    public SmtpScript(Map<String, String> answers, @Nullable SSLSocketFactory tls, boolean tlsAtOnce)
            throws IOException {
        this.answers = answers;
        this.tls = tls;
        this.tlsAtOnce = tlsAtOnce;
        Thread thread = new Thread(this::serve, "smtp-script");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                String greeting = answers.getOrDefault("", "220 script");
                if (tls != null && tlsAtOnce) {
                    talkEncrypted(client, tls, greeting);
                } else {
                    say(client.getOutputStream(), greeting);
                    talk(client, lines);
                }
            } catch (IOException e) {
                // The client went, or the test is over.
            }
        }
    }

    private void talk(Socket client, List<String> kept) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = client.getOutputStream();
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            kept.add(line);
            if (data && !line.equals(".")) {
                continue;
            }
            String command = data ? "." : line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
            data = command.equals("DATA");
            say(out, answers.getOrDefault(line, answers.getOrDefault(command, usual(command))));
            if (command.equals("STARTTLS") && tls != null) {
                talkEncrypted(client, tls, "");
                return;
            }
        }
    }

    private void talkEncrypted(Socket client, SSLSocketFactory factory, String greeting) throws IOException {
        try (SSLSocket upgraded = (SSLSocket) factory.createSocket(client, null, client.getPort(), true)) {
            upgraded.setUseClientMode(false);
            say(upgraded.getOutputStream(), greeting);
            talk(upgraded, encrypted);
        }
    }

    private static String usual(String command) {
        return command.equals("DATA") ? "354 go on" : command.equals("QUIT") ? "221 bye" : "250 ok";
    }

    private static void say(OutputStream out, String answer) throws IOException {
        if (!answer.isEmpty()) {
            out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
