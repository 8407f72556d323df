package dev.sendstatus.provider.bandwidth;

import dev.sendstatus.provider.ApiFailed;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * An element of an XML document with its text as it stands and its children, read without ever looking at anything but the document: one
 * that declares a type, and so could name entities elsewhere, is refused.
 */
record XmlElement(String name, String text, List<XmlElement> children) {
    private static final int DEEPEST = 32;
    private static final XMLInputFactory FACTORY = factory();

    XmlElement {
        children = List.copyOf(children);
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** The root. @throws ApiFailed without a word of the document, which may hold secrets */
    static XmlElement read(byte[] document, String host) throws ApiFailed {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(document));
            try {
                while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                    if (reader.getEventType() == XMLStreamConstants.DTD) {
                        throw new ApiFailed(host + " answered with XML that declares a document type, which is refused:"
                                + " check api-base-url");
                    }
                }
                return element(reader, 0, host);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new ApiFailed(host + " answered with something that is no XML: check api-base-url");
        }
    }

    private static XmlElement element(XMLStreamReader reader, int depth, String host)
            throws XMLStreamException, ApiFailed {
        if (depth == DEEPEST) {
            throw new ApiFailed(host + " answered with XML nested deeper than " + DEEPEST + " elements");
        }
        String name = reader.getLocalName();
        StringBuilder text = new StringBuilder();
        List<XmlElement> children = new ArrayList<>();
        while (reader.next() != XMLStreamConstants.END_ELEMENT) {
            if (reader.isStartElement()) {
                children.add(element(reader, depth + 1, host));
            } else if (reader.isCharacters()) {
                text.append(reader.getText());
            }
        }
        return new XmlElement(name, text.toString(), children);
    }

    /** The first child of that name; null if there is none. */
    @Nullable
    XmlElement child(String wanted) {
        return children.stream()
                .filter(child -> child.name.equals(wanted))
                .findFirst()
                .orElse(null);
    }

    /** The text at the end of a path of children; empty where one is missing. */
    String text(String... path) {
        XmlElement at = this;
        for (String step : path) {
            at = at.child(step);
            if (at == null) {
                return "";
            }
        }
        return at.text;
    }
}
