/** What tables are expected to be beyond their schemas. */
package io.servicelake.contract.expect;
