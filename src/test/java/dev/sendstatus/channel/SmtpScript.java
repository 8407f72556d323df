package dev.sendstatus.channel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that answers each command as a test says, and keeps every line that it was sent. */
final class SmtpScript implements AutoCloseable {
    final List<String> lines = new CopyOnWriteArrayList<>();
    private final ServerSocket socket = new ServerSocket(0);
    private final Map<String, String> answers;

    /** @param answers by the command's first word, in capitals; a command without one gets 250; an empty one none */
    SmtpScript(Map<String, String> answers) throws IOException {
        this.answers = answers;
        Thread thread = new Thread(this::serve, "smtp-script");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                talk(client);
            } catch (IOException e) {
                // The client went, or the test is over.
            }
        }
    }

    private void talk(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = client.getOutputStream();
        say(out, answers.getOrDefault("", "220 script"));
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            lines.add(line);
            if (data && !line.equals(".")) {
                continue;
            }
            String command = data ? "." : line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
            data = command.equals("DATA");
            say(out, answers.getOrDefault(line, answers.getOrDefault(command, usual(command))));
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
