/** What is owed to whom by when. */
package io.servicelake.transform.decision;
