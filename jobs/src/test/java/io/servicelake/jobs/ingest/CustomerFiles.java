package io.servicelake.jobs.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The customers of a dealer system as text files in a folder, and the mapping that reads them. */
final class CustomerFiles {
  static final String HEADER = "dealer,number,name,phone,class,note,changed\n";

  final Path data;
  final Path mappings;
  private final Path temp;

  CustomerFiles(Path temp) throws IOException {
    this.temp = temp;
    data = Files.createDirectories(temp.resolve("data"));
    mappings = Files.createDirectories(temp.resolve("mappings"));
    mapping("1 = PERSON, 2 = FLEET");
  }

  /** The lake that takes the files in as the mapping reads now. */
  TestLake lake() {
    return lake("lake");
  }

  /** One of another name beside it. */
  TestLake lake(String name) {
    return new TestLake(temp.resolve(name), readMappings(), data);
  }

  List<Mapping> readMappings() {
    return new MappingReader(IngestSteps.TABLES).readFolder(mappings).orThrow();
  }

  void file(String name, String rows) throws IOException {
    Files.writeString(data.resolve(name), HEADER + rows);
  }

  /** Writes the mapping with these codes of account classes. */
  void mapping(String codes) throws IOException {
    Files.writeString(
        mappings.resolve("customers.conf"),
        """
        source = customers
        files = ["*.csv"]
        zone = Asia/Shanghai
        source_stamp { name = "_(\\\\d{8})", pattern = yyyyMMdd }
        personal {
          number { kind = customer, with = [dealer] }
          name { kind = name, subject = number }
          phone { kind = phone, subject = number }
          note { kind = words, subject = number }
        }
        keep = [note]
        targets.customers.columns {
          customer_record_id = number
          dealer_id = dealer
          account_class { column = class, codes { %s } }
          name_token = name
          phone_token = phone
          occurred_at = changed
          known_at = changed
        }
        """
            .formatted(codes));
  }
}
